"""Converts a package of QTI 2.1 to 3 (upgrade) or back (downgrade) with citolab's converter; prints its warnings.

Run where it is installed: python qti_turns.py upgrade FROM TO"""

import json
import sys

from qti_convert import downgrade_package, upgrade_package

way, source, target = sys.argv[1:]
result = (upgrade_package if way == "upgrade" else downgrade_package)(source, target)
print(json.dumps([str(getattr(one, "code", one)) for one in getattr(result, "warnings", ())]))
