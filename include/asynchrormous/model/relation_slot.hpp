// What a foreign key or a related member keeps beside its value: the rows once they were loaded, and where
// the row around it came from. Erased behind one pointer, so that the other model may be incomplete.
// Copies of a row share what was loaded before they were made. Threads: those of the row.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <compare>
#include <optional>
#include <utility>
#include <vector>

namespace orm::inline v0 {

template <class T>
class lazy;

namespace model_detail {

// Where a row came from (query/origin.hpp), or what was loaded for one of its members.
class relation_slot : public ref_counted {
public:
    bool loaded() const noexcept { return loaded_; }
    // What was loaded is true no more: whoever reads it next asks the database. References stay good.
    void outdate() noexcept { loaded_ = false; }
    // Where the row came from; null when from the default database, with nothing to say about loading.
    const relation_slot* origin() const noexcept { return is_origin_ ? this : origin_.get(); }
    bool is_origin() const noexcept { return is_origin_; }

protected:
    struct as_origin {};
    explicit relation_slot(as_origin) noexcept : is_origin_(true) {}
    explicit relation_slot(intrusive_ptr<relation_slot> origin, bool loaded = true) noexcept
        : origin_(std::move(origin)), loaded_(loaded) {}

private:
    intrusive_ptr<relation_slot> origin_{};  // never a loaded one, so that nothing is kept for nothing
    bool is_origin_ = false;

protected:
    bool loaded_ = false;
};

// The origin of what takes the place of `slot`.
inline intrusive_ptr<relation_slot> origin_of(const intrusive_ptr<relation_slot>& slot) {
    return intrusive_ptr<relation_slot>(slot ? const_cast<relation_slot*>(slot->origin()) : nullptr);
}

// One row, or none when that is what the database said. Until it is there, not loaded: so a key can hold the
// room for a row that is on its way.
template <class M>
class loaded_row final : public relation_slot {
public:
    using model = M;

    explicit loaded_row(intrusive_ptr<relation_slot> origin) : relation_slot(std::move(origin), false) {}
    loaded_row(intrusive_ptr<relation_slot> origin, std::optional<M> loaded)
        : relation_slot(std::move(origin)), row(std::move(loaded)) {}

    void fill(std::optional<M> loaded) {
        row = std::move(loaded);
        loaded_ = true;
    }

    intrusive_ptr<ref_counted> loading{};  // what is under way to fill it
    std::optional<M> row;
};

template <class M>
class loaded_rows final : public relation_slot {
public:
    using model = M;

    explicit loaded_rows(intrusive_ptr<relation_slot> origin) : relation_slot(std::move(origin), false) {}
    loaded_rows(intrusive_ptr<relation_slot> origin, std::vector<M> loaded)
        : relation_slot(std::move(origin)), rows(std::move(loaded)) {}

    void fill(std::vector<M> loaded) {
        rows = std::move(loaded);
        loaded_ = true;
    }

    intrusive_ptr<ref_counted> loading{};  // what is under way to fill it
    std::vector<M> rows;
};

// Room for what was loaded. It is no part of the row's value: it takes no part in comparisons, and is filled
// in rows that are const, too.
class related_rows {
public:
    // Whether the rows are here: loaded ahead, or by reading them before.
    bool loaded() const noexcept { return slot_ && slot_->loaded(); }
    // Forgets them: the next reader asks the database.
    void forget() const noexcept { slot_ = origin_of(slot_); }

    const intrusive_ptr<relation_slot>& slot() const noexcept { return slot_; }
    void set_slot(intrusive_ptr<relation_slot> slot) const noexcept { slot_ = std::move(slot); }

    friend constexpr bool operator==(const related_rows&, const related_rows&) { return true; }
    friend constexpr std::strong_ordering operator<=>(const related_rows&, const related_rows&) {
        return std::strong_ordering::equal;
    }

private:
    mutable intrusive_ptr<relation_slot> slot_{};
};

}  // namespace model_detail

namespace query_detail {

// Loads what a key or a related member stands for, and keeps it there: what happens when it is read and not
// loaded. In query/follow.hpp, since models know no databases.
// Throws: does_not_exist; inside the loop or where fetching is set to raise: relation_not_loaded.
template <class Member>
void follow(const Member& member);

// The same, on its way: in query/loading.hpp.
template <class Rows, class Member>
lazy<Rows&> load(const Member& member);

}  // namespace query_detail

}  // namespace orm::inline v0
