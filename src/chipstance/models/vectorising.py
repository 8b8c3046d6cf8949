"""n-grams to sublinear TF-IDF, at training time, by scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from chipstance.models.parameters import Parameters
from chipstance.models.views import SEPARATOR


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The n-grams that are features.

    Attributes:
        ngrams: In the order of the columns.
        idf: Inverse document frequency of each, `(n_features,)`.
    """

    ngrams: list[str]
    idf: NDArray[np.float64]

    def transform(self, views: Sequence[str]) -> csr_matrix:
        """TF-IDF of views, `(n_views, n_features)`, rows of unit length."""
        lengths = [len(ngram) for ngram in self.ngrams]
        counter = CountVectorizer(
            analyzer="char",
            ngram_range=(1, max(lengths, default=1)),
            lowercase=False,
            vocabulary=self.ngrams,
        )
        transformer = TfidfTransformer(sublinear_tf=True)
        transformer.idf_ = self.idf
        tfidf: csr_matrix = transformer.transform(counter.transform(views))
        return tfidf


def fit_vocabulary(views: Sequence[str], parameters: Parameters) -> tuple[Vocabulary, csr_matrix]:
    """Choose the n-grams that are features, and weigh those of the views.

    Args:
        views: Training views; n-grams across a `SEPARATOR` are left out.
        parameters: Longest n-gram and least number of views.

    Returns:
        The vocabulary, and the TF-IDF of the views `(n_views, n_features)`.

    Raises:
        ValueError: No n-gram stands in enough views.
    """
    counter = CountVectorizer(
        analyzer="char",
        ngram_range=(1, parameters.longest_ngram),
        lowercase=False,
        min_df=parameters.min_views,
    )
    counts = counter.fit_transform(views)
    names = counter.get_feature_names_out()
    keep = np.flatnonzero([SEPARATOR not in name for name in names])
    transformer = TfidfTransformer(sublinear_tf=True)
    tfidf = transformer.fit_transform(counts[:, keep])
    return Vocabulary([str(name) for name in names[keep]], transformer.idf_), tfidf
