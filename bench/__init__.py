"""Programs beside the package, run as `python -m bench.NAME`; the docstring of each says more.

Print how good it is:   ablation audit hard learning_curve masked_names own_labels stories strangers
                        suggestions variants
Print how fast it is:   cluster growth jobs memory reports speed stages start training
Look for what is wrong: branches fuzz fuzz_models kill mutants
Write files anew:       commands_page script_tables speed_page spellings words
Serve those above:      folds limit material plain_words timing views_variants
"""
