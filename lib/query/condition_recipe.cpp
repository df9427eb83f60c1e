#include <asynchrormous/query/condition_recipe.hpp>
#include <asynchrormous/sql/pending_filter.hpp>

#include <iterator>
#include <new>

namespace orm::inline v0::query_detail {

namespace {

using fit = lookup_value::range_fit;

// Whether the structure of the condition depends on the value.
bool unusual(const lookup_value& value) noexcept {
    return value.null || value.had_null || value.fit != fit::exact || value.high_fit != fit::exact ||
           !value.items.empty();
}

void join(std::vector<sql::expression_ptr>& open, const recipe_step& step) {
    if (step.kind == recipe_kind::negate) {
        open.back() = sql::negate(std::move(open.back()));
        return;
    }
    const auto begin = open.end() - step.operands;
    std::vector<sql::expression_ptr> parts(std::make_move_iterator(begin),
                                           std::make_move_iterator(open.end()));
    open.erase(begin, open.end());
    switch (step.kind) {
        case recipe_kind::any:
            return open.push_back(sql::any_of(std::move(parts)));
        case recipe_kind::odd:
            return open.push_back(sql::odd_of(std::move(parts)));
        default:
            return open.push_back(sql::all_of(std::move(parts)));
    }
}

// lookup(step) gives the condition of each lookup.
template <class Lookup>
sql::expression_ptr follow(const condition_recipe& recipe, bool negated, Lookup lookup) {
    std::vector<sql::expression_ptr> open;
    for (std::size_t i = 0; i < recipe.size; ++i) {
        const recipe_step& step = recipe.steps[i];
        if (step.kind == recipe_kind::lookup)
            open.push_back(lookup(step));
        else
            join(open, step);
    }
    return negated ? sql::negate(std::move(open.back())) : std::move(open.back());
}

}  // namespace

// The values in place, few as they are.
class pending_lookups final : public sql::pending_filter {
public:
    pending_lookups(const sql::query& rows, const condition_recipe& recipe, bool negated)
        : pending_filter(rows.before_filter(negated)), recipe_(&recipe), negated_(negated) {}
    ~pending_lookups() override {
        for (std::size_t i = 0; i < used_; ++i) few_[i].~parameter();
    }

    bool has_room(std::size_t values) const noexcept { return used_ + values <= in_place; }
    sql::parameter& add(sql::type type) {
        return *::new (static_cast<void*>(&few_[used_++])) sql::parameter{type, std::string()};
    }
    void add(sql::parameter value) {
        ::new (static_cast<void*>(&few_[used_++])) sql::parameter(std::move(value));
    }
    void add_flag(bool yes) noexcept { flags_ |= std::uint32_t{yes} << flag_count_++; }

    void finish() noexcept { settle(recipe_, flags_ << 1 | negated_, {few_, used_}); }

    const condition_recipe& recipe() const noexcept { return *recipe_; }
    bool negated() const noexcept { return negated_; }

    // Its lookups with their values, in the order of the recipe.
    class reader {
    public:
        reader(const pending_lookups& of, bool copies) noexcept : of_(of), copies_(copies) {}

        sql::expression_ptr next(const recipe_step& step) {
            const operand right = step.chain->lookup->right;
            if (right == operand::flag)
                return lookup_of_flag(step.field(), *step.chain, (of_.flags_ >> flag_++ & 1) != 0);
            sql::expression_ptr first = value();
            sql::expression_ptr second = right == operand::pair ? value() : nullptr;
            return lookup_of_values(step.field(), *step.chain, std::move(first), std::move(second));
        }

    private:
        sql::expression_ptr value() {
            const sql::parameter& kept = of_.few_[value_++];
            return copies_ ? sql::value(kept) : sql::value_at(kept);
        }

        const pending_lookups& of_;
        std::size_t value_ = 0, flag_ = 0;
        bool copies_;
    };

private:
    sql::expression_ptr make_tree() const override {
        reader values(*this, false);
        return follow(*recipe_, negated_, [&](const recipe_step& step) { return values.next(step); });
    }

    static constexpr std::size_t in_place = 4;
    const condition_recipe* recipe_;
    std::uint32_t flags_ = 0;  // those of isnull
    std::uint8_t flag_count_ = 0;
    std::uint8_t used_ = 0;
    bool negated_;
    union {
        sql::parameter few_[in_place];
    };
};

condition_writer::condition_writer(const sql::query& rows, const condition_recipe& recipe, bool negated)
    : rows_(rows), made_(make_intrusive<pending_lookups>(rows, recipe, negated)), step_(recipe.steps) {
    while (step_->kind != recipe_kind::lookup) ++step_;
}

condition_writer::~condition_writer() = default;

void condition_writer::next_lookup() noexcept {
    const condition_recipe& recipe = made_->recipe();
    const recipe_step* const end = recipe.steps + recipe.size;
    do ++step_;
    while (step_ != end && step_->kind != recipe_kind::lookup);
}

void condition_writer::flag(bool yes) {
    made_->add_flag(yes);
    next_lookup();
}

std::string& condition_writer::bytes(sql::type type) {
    sql::parameter* place = nullptr;
    if (made_->has_room(1)) {
        place = &made_->add(type);
    } else {
        place = &unusual_.emplace_back(step_, lookup_value()).second.value;
        *place = {type, std::string()};
    }
    next_lookup();
    return *place->bytes;
}

void condition_writer::text(std::string_view text, sql::type type) {
    if (!made_->has_room(1)) return any(text_value(text, type));
    append_text(*made_->add(type).bytes, *step_->chain, text);
    next_lookup();
}

void condition_writer::any(lookup_value value) {
    const bool pair = step_->chain->lookup->right == operand::pair;
    if (unusual(value) || !made_->has_room(pair ? 2 : 1)) {
        unusual_.emplace_back(step_, std::move(value));
    } else if (takes_pattern(*step_->chain)) {
        append_text(*made_->add(value.value.type).bytes, *step_->chain, *value.value.bytes);
    } else {
        made_->add(std::move(value.value));
        if (pair) made_->add(std::move(value.high));
    }
    next_lookup();
}

sql::expression_ptr condition_writer::whole_tree() {
    pending_lookups::reader values(*made_, true);
    return follow(made_->recipe(), false, [&](const recipe_step& step) {
        for (auto& [of, value] : unusual_)
            if (of == &step) return lookup_expression(step.field(), *step.chain, std::move(value));
        return values.next(step);
    });
}

sql::query condition_writer::filtered() {
    if (!unusual_.empty()) return made_->negated() ? rows_.exclude(whole_tree()) : rows_.filter(whole_tree());
    made_->finish();
    return sql::query::filtered(std::move(made_));
}

}  // namespace orm::inline v0::query_detail
