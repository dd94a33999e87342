"""Writes a quiz with qti-package-maker in each of its formats that we read; prints the files, by format.

Run where it is installed: python qti_makes.py FOLDER"""

import contextlib
import json
import os
import sys

from qti_package_maker.package_interface import QTIPackageInterface

ITEMS = (
    ("MC", ("Which chamber fills the aorta?", ["Left atrium", "Left ventricle", "Right ventricle"], "Left ventricle")),
    ("MA", ("Which vessels lead to the heart?", ["Vein", "Aorta", "Vena cava"], ["Vein", "Vena cava"])),
    ("MATCH", ("Match.", ["Heart", "Lung"], ["pumps", "breathes"])),
    ("NUM", ("How many millimetres is a centimetre?", 10.0, 0.5)),
    ("FIB", ("What parts the chest from the belly?", ["diaphragm", "the diaphragm"])),
    ("ORDER", ("From first to last.", ["vein", "heart", "artery"])),
)
FORMATS = {"moodle_aiken": "a.txt", "canvas_qti_v1_2": "c.zip", "blackboard_qti_v2_1": "b.zip", "blackboard_export_zip": "e.zip"}

os.chdir(sys.argv[1])
made = {}
with contextlib.redirect_stdout(sys.stderr):
    for name, file in FORMATS.items():
        quiz = QTIPackageInterface("judge", allow_mixed=True)
        for kind, given in ITEMS:
            if not (name == "canvas_qti_v1_2" and kind == "ORDER"):
                quiz.add_item(kind, given)
        quiz.save_package(name, file)
        made[name] = file
print(json.dumps(made))
