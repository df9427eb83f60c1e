// Columns, bound values and the parts of dates and times.
#include "plan_writer.hpp"

namespace orm::inline v0::sql {

namespace {

// What stands before and after the column.
struct spelling {
    std::string_view before, after;
};

// EXTRACT gives numeric; ::int lets it meet integer parameters. Seconds are cut, not rounded: 59.7 is in
// second 59.
spelling spell(transform part) noexcept {
    switch (part) {
        case transform::none:
            return {"", ""};
        case transform::year:
            return {"EXTRACT(YEAR FROM ", ")::int"};
        case transform::iso_year:
            return {"EXTRACT(ISOYEAR FROM ", ")::int"};
        case transform::quarter:
            return {"EXTRACT(QUARTER FROM ", ")::int"};
        case transform::month:
            return {"EXTRACT(MONTH FROM ", ")::int"};
        case transform::week:
            return {"EXTRACT(WEEK FROM ", ")::int"};
        case transform::week_day:
            return {"(EXTRACT(DOW FROM ", ")::int + 1)"};
        case transform::iso_week_day:
            return {"EXTRACT(ISODOW FROM ", ")::int"};
        case transform::day:
            return {"EXTRACT(DAY FROM ", ")::int"};
        case transform::hour:
            return {"EXTRACT(HOUR FROM ", ")::int"};
        case transform::minute:
            return {"EXTRACT(MINUTE FROM ", ")::int"};
        case transform::second:
            return {"FLOOR(EXTRACT(SECOND FROM ", "))::int"};
        case transform::date:
            return {"(", ")::date"};
        case transform::time:
            return {"(", ")::time"};
    }
    return {"", ""};
}

}  // namespace

void plan_writer::scalar(const operand& side) const {
    if (side.bound)
        out_.bind(*side.bound);
    else
        column(side.column);
}

void plan_writer::column(const column_ref& of) const {
    const spelling part = spell(of.part);
    out_ << part.before;
    bare_column(of);
    // A timestamptz is an instant: its parts are taken in UTC, whatever zone the session is in.
    if (of.part != transform::none && of.of->type.kind == type_kind::timestamptz)
        out_ << " AT TIME ZONE 'UTC'";
    out_ << part.after;
}

void plan_writer::bare_column(const column_ref& of) const {
    out_.identifier(plan_.joins.at(of.source).alias) << ".";
    out_.identifier(of.of->name);
}

void plan_writer::key() const { bare_column({0, &plan_.root->key()}); }

}  // namespace orm::inline v0::sql
