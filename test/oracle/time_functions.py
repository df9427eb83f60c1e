from zoneinfo import ZoneInfo

from django.db.models import F
from django.db.models import functions as of
from django.db.models.functions import Floor

from oracle.compare import cases
from oracle.computed import computed
from oracle.models import Book

warsaw, tokyo, new_york = ZoneInfo("Europe/Warsaw"), ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")

cases("time_functions", {
    "ExtractYear": computed(of.ExtractYear("published")),
    "ExtractIsoYear": computed(of.ExtractIsoYear("published")),
    "ExtractQuarter": computed(of.ExtractQuarter("published")),
    "ExtractMonth": computed(of.ExtractMonth("published")),
    "ExtractWeek": computed(of.ExtractWeek("published")),
    "ExtractWeekDay": computed(of.ExtractWeekDay("published")),
    "ExtractIsoWeekDay": computed(of.ExtractIsoWeekDay("published")),
    "ExtractDay": computed(of.ExtractDay("published")),
    "ExtractYear of a moment": computed(of.ExtractYear("created")),
    "ExtractHour": computed(of.ExtractHour("created")),
    "ExtractMinute": computed(of.ExtractMinute("checked")),
    "ExtractSecond": computed(Floor(of.ExtractSecond("checked"))),
    "ExtractHour in a zone": computed(of.ExtractHour("created", tzinfo=warsaw)),
    "ExtractDay in a zone": computed(of.ExtractDay("created", tzinfo=tokyo)),
    "ExtractWeekDay in a zone": computed(of.ExtractWeekDay("created", tzinfo=new_york)),
    "ExtractYear over a relation": computed(of.ExtractYear("editor__born")),
    "TruncYear": computed(of.TruncYear("published")),
    "TruncQuarter": computed(of.TruncQuarter("published")),
    "TruncMonth": computed(of.TruncMonth("published")),
    "TruncWeek": computed(of.TruncWeek("published")),
    "TruncYear of a moment": computed(of.TruncYear("created")),
    "TruncMonth of a moment": computed(of.TruncMonth("checked")),
    "TruncDay": computed(of.TruncDay("created")),
    "TruncHour": computed(of.TruncHour("created")),
    "TruncMinute": computed(of.TruncMinute("created")),
    "TruncSecond": computed(of.TruncSecond("created")),
    "TruncDate": computed(of.TruncDate("created")),
    "TruncMonth in a zone": computed(of.TruncMonth("created", tzinfo=warsaw)),
    "TruncDay in a zone": computed(of.TruncDay("created", tzinfo=tokyo)),
    "TruncDate in a zone": computed(of.TruncDate("created", tzinfo=new_york)),
    "Now": lambda: Book.objects.alias(now=of.Now()).filter(now__gt=F("created")).count(),
})
