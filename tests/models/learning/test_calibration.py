import numpy as np

from chipstance.models.learning.calibration import fit_calibration
from chipstance.models.learning.metrics import calibration_error
from chipstance.models.scoring.scorer import softmax


def test_overconfident_values_are_toned_down() -> None:
    rng = np.random.default_rng(0)
    honest = rng.normal(size=(4000, 3))
    labels = np.array([rng.choice(3, p=p) for p in softmax(honest)])
    loud = honest * 4
    calibration = fit_calibration(loud, labels)
    p = softmax(loud * calibration.scale + calibration.bias)
    assert 0.2 < calibration.scale < 0.3
    assert calibration_error(p.max(axis=1), p.argmax(axis=1) == labels) < 0.03
    loud_p = softmax(loud)
    assert calibration_error(loud_p.max(axis=1), loud_p.argmax(axis=1) == labels) > 0.1
