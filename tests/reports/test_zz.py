import json
from io import StringIO
import pytest
from django.core.management import call_command
from intake.demo import world
from intake.demo.many import load_many
pytestmark = [pytest.mark.django_db]
def test_it():
    world.load()
    load_many()
    out = StringIO()
    call_command("report", "submission", stdout=out)
    open("/tmp/sub.json","w").write(out.getvalue())
    for one in json.loads(out.getvalue())["figures"]:
        print(one["id"], one["what"], one["value"], one["k"], one["n"], one["published"], one["comparison"], one["agrees"], one["note"][-60:])
    call_command("report", "submission", format="pdf", output=__import__("pathlib").Path("/tmp/sub.pdf"))
    out = StringIO()
    call_command("report", "data-quality", stdout=out); print(out.getvalue())
