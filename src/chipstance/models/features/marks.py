"""Characters that stand in views for what is no text: who is named, what is stated, where."""

# Stands for every company until a view says which of them gets which mask.
HIDDEN = "\ue007"
TARGET = "\ue000"
OTHER = "\ue001"
# A sentence is about chips or not by who is in it, so the sentence tasks see the line of business
# of a company, by the kinds of the company table, and nothing else of it.
_MASKED_ALIKE = {
    "\ue002": "design foundry memory idm packaging equipment materials components optics eda_ip"
    " server power_cooling networking distributor",
    "\ue003": "ai",
    "\ue004": "software internet cloud datacenter telecom device panel other",
    "\ue005": "bank asset_manager",
    "\ue006": "media research",
}
KIND_MASKS = {kind: mask for mask, kinds in _MASKED_ALIKE.items() for kind in kinds.split()}
# n-grams across it are not counted.
SEPARATOR = "\0"
# Stands in every view and says nothing, so that in a view of one word that word is not all.
ANCHOR = "\ue0ff" * 12
# The direction of the share move that the sentence states for the company in question. They are
# this long to have weight beside a hundred n-grams: each makes three features of high frequency.
RISE, FALL, NO_MOVE = (char * 12 for char in "\ue010\ue011\ue012")
# The same news is good for the lab that did with fewer chips and bad for who sells them, so the
# line of business of the company in question is a tag, and so are those of the others named.
OWN_BUSINESS = {mask: chr(ord(mask) + 0x20) * 6 for mask in _MASKED_ALIKE}
OTHERS_BUSINESS = {mask: chr(ord(mask) + 0x30) * 6 for mask in _MASKED_ALIKE}
BUSINESS_TAGS = frozenset({*OWN_BUSINESS.values(), *OTHERS_BUSINESS.values()})
MASK_NAMES = {
    TARGET: "◎", OTHER: "○", "\ue0ff": "", RISE[0]: "(rise)", FALL[0]: "(fall)",
    NO_MOVE[0]: "(no move)", "\ue002": "(chips)", "\ue003": "(ai)", "\ue004": "(tech)",
    "\ue005": "(finance)", "\ue006": "(media)",
}  # fmt: skip
MASK_NAMES |= {tag[0]: f"is {MASK_NAMES[mask]}" for mask, tag in OWN_BUSINESS.items()}
MASK_NAMES |= {tag[0]: f"beside {MASK_NAMES[mask]}" for mask, tag in OTHERS_BUSINESS.items()}
# The same character shortly before the target, or after it, is another feature there.
BEFORE, AFTER = 0xF0000, 0x100000
