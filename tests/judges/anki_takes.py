"""Takes packages into a fresh collection of Anki, one after the other, and tells as JSON what became of them.

Run where Anki is: python anki_takes.py COLLECTION PACKAGE …"""

import json
import sys

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

COUNTED = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype", "missing_deck")


def taken(collection: Collection, path: str) -> dict:
    options = ImportAnkiPackageOptions(merge_notetypes=True)
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
    counts = {name: len(getattr(log, name)) for name in COUNTED}
    notes = {}
    for number in collection.find_notes(""):
        note = collection.get_note(number)
        card = note.cards()[0]
        notes[note.fields[0]] = {"front": card.question(), "back": card.answer(), "tags": note.tags}
    decks = [one.name for one in collection.decks.all_names_and_ids()]
    media = collection.media.check()
    return {"counts": counts, "notes": notes, "decks": decks, "missing": list(media.missing), "unused": list(media.unused)}


collection = Collection(sys.argv[1])
print(json.dumps([taken(collection, path) for path in sys.argv[2:]]))
collection.close()
