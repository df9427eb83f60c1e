#include "computed.hpp"

#include <asynchrormous/query/functions/time.hpp>

using orm::F;

namespace oracle {

void check_time_functions() {
    begin_topic("time_functions");
    computed("ExtractYear", orm::ExtractYear(F<"published">));
    computed("ExtractIsoYear", orm::ExtractIsoYear(F<"published">));
    computed("ExtractQuarter", orm::ExtractQuarter(F<"published">));
    computed("ExtractMonth", orm::ExtractMonth(F<"published">));
    computed("ExtractWeek", orm::ExtractWeek(F<"published">));
    computed("ExtractWeekDay", orm::ExtractWeekDay(F<"published">));
    computed("ExtractIsoWeekDay", orm::ExtractIsoWeekDay(F<"published">));
    computed("ExtractDay", orm::ExtractDay(F<"published">));
    computed("ExtractYear of a moment", orm::ExtractYear(F<"created">));
    computed("ExtractHour", orm::ExtractHour(F<"created">));
    computed("ExtractMinute", orm::ExtractMinute(F<"checked">));
    computed("ExtractSecond", orm::ExtractSecond(F<"checked">));
    computed("ExtractHour in a zone", orm::ExtractHour(F<"created">, "Europe/Warsaw"));
    computed("ExtractDay in a zone", orm::ExtractDay(F<"created">, "Asia/Tokyo"));
    computed("ExtractWeekDay in a zone", orm::ExtractWeekDay(F<"created">, "America/New_York"));
    computed("ExtractYear over a relation", orm::ExtractYear(F<"editor__born">));
    computed("TruncYear", orm::TruncYear(F<"published">));
    computed("TruncQuarter", orm::TruncQuarter(F<"published">));
    computed("TruncMonth", orm::TruncMonth(F<"published">));
    computed("TruncWeek", orm::TruncWeek(F<"published">));
    computed("TruncYear of a moment", orm::TruncYear(F<"created">));
    computed("TruncMonth of a moment", orm::TruncMonth(F<"checked">));
    computed("TruncDay", orm::TruncDay(F<"created">));
    computed("TruncHour", orm::TruncHour(F<"created">));
    computed("TruncMinute", orm::TruncMinute(F<"created">));
    computed("TruncSecond", orm::TruncSecond(F<"created">));
    computed("TruncDate", orm::TruncDate(F<"created">));
    computed("TruncMonth in a zone", orm::TruncMonth(F<"created">, "Europe/Warsaw"));
    computed("TruncDay in a zone", orm::TruncDay(F<"created">, "Asia/Tokyo"));
    computed("TruncDate in a zone", orm::TruncDate(F<"created">, "America/New_York"));
    check("Now", [] { return Book::objects.filter(orm::Now() > F<"created">).count(); });
}

}  // namespace oracle
