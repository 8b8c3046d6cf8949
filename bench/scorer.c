/* The scorer of chipstance.models.scoring.scorer in C, one view after the other: how fast it could be.
   Same arrays, same probabilities; see bench/limit.py, which compiles and calls it. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const int32_t *codes, *base, *check, *rows; /* as in _Tables; codes has 0x110000 items */
    const double *weights;
    int64_t n_slots, width;
} Tables;

/* UTF-8 to codes; the input is valid, as Python wrote it. Returns the number of characters. */
static int64_t decode(const Tables *t, const uint8_t *in, const uint8_t *end, int32_t *out)
{
    int64_t n = 0;
    while (in < end) {
        uint32_t c = *in++;
        if (c >= 0xF0) { c = (c & 7) << 18 | (in[0] & 63) << 12 | (in[1] & 63) << 6 | (in[2] & 63); in += 3; }
        else if (c >= 0xE0) { c = (c & 15) << 12 | (in[0] & 63) << 6 | (in[1] & 63); in += 2; }
        else if (c >= 0xC0) { c = (c & 31) << 6 | (in[0] & 63); in += 1; }
        out[n++] = t->codes[c];
    }
    return n;
}

static void add(double *sums, const Tables *t, int32_t slot, double times, double times_square)
{
    const double *row = t->weights + (int64_t)t->rows[slot] * t->width;
    for (int64_t i = 0; i + 1 < t->width; i++) sums[i] += times * row[i];
    sums[t->width - 1] += times_square * row[t->width - 1];
}

/* Summed weights of each view, (n_views, width); bounds are bytes of text, (n_views + 1,). */
int score(const Tables *t, const uint8_t *text, const int64_t *bounds, int64_t n_views, double *sums)
{
    int64_t longest = 0;
    for (int64_t v = 0; v < n_views; v++)
        if (bounds[v + 1] - bounds[v] > longest) longest = bounds[v + 1] - bounds[v];
    int32_t *codes = malloc((longest + 1) * sizeof *codes);
    int32_t *touched = malloc((longest + 1) * 8 * sizeof *touched);
    int32_t *counts = calloc(t->n_slots, sizeof *counts);
    if (!codes || !touched || !counts) return 1;
    memset(sums, 0, n_views * t->width * sizeof *sums);
    for (int64_t v = 0; v < n_views; v++, sums += t->width) {
        int64_t n = decode(t, text + bounds[v], text + bounds[v + 1], codes), n_touched = 0;
        codes[n] = 0;
        for (int64_t at = 0; at < n; at++) {
            int32_t slot = codes[at], deepest = 0;
            for (int64_t ahead = at; slot;) {
                deepest = slot;
                if (counts[slot]++ == 0) touched[n_touched++] = slot;
                int32_t code = codes[++ahead], child = t->base[slot] + code;
                slot = code && t->check[child] == slot ? child : 0;
            }
            if (deepest) add(sums, t, deepest, 1, 1);
        }
        for (int64_t i = 0; i < n_touched; i++) {
            int32_t slot = touched[i];
            double count = counts[slot], times = 1 + log(count);
            counts[slot] = 0;
            if (count > 1) {
                add(sums, t, slot, times - count, times * times - count);
                add(sums, t, t->check[slot], count - times, count - times * times);
            }
        }
    }
    free(codes); free(touched); free(counts);
    return 0;
}
