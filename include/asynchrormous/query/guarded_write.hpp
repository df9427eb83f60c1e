// Writing one row of a model that has hooks, or that is validated: hooks, validation, the statement, hooks.
// One statement where there is nothing to guard, without any of this (query_writes.hpp). In blocking code
// plain hooks run where the caller stands; after .async() all of it is one lazy, and hooks run in the loop,
// in the transaction that was open at the call.
#pragma once

#include <asynchrormous/query/delete_counts.hpp>
#include <asynchrormous/query/protected_error.hpp>
#include <asynchrormous/query/row_hooks.hpp>
#include <asynchrormous/query/row_validation.hpp>
#include <asynchrormous/query/save.hpp>
#include <asynchrormous/query/stamps.hpp>
#include <asynchrormous/query/steps.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <utility>

namespace orm::inline v0::query_detail {

// The statement of save() and create().
struct make_save {
    const sql::table* into;
    save_plan plan;

    sql::statement operator()(row_image& image) const { return save_statement(*into, image, plan); }
    bool adding() const { return plan.mode == save_mode::insert; }
    bool may_add() const { return adding() || plan.mode == save_mode::either; }
    bool must_be_there() const { return plan.mode == save_mode::update || plan.mode == save_mode::some; }
};

constexpr when_missing missing_in(bool versioned, bool must_be_there) {
    if (versioned) return when_missing::stale;
    return must_be_there ? when_missing::not_updated : when_missing::nothing;
}

// What happens to one row, whoever waits for it.
template <model M, class Make>
class guarded_write {
public:
    guarded_write(M row, Make make, bool validated, intrusive_ptr<ref_counted> note)
        : row_(std::move(row)), make_(std::move(make)), validated_(validated), note_(std::move(note)) {}

    M& row() { return row_; }
    bool created() const { return created_; }

    // Empty: nothing to ask. Throws: validation_error.
    sql::statement question() {
        if (!validated_) return {.empty = true};
        validation_scope scope{.adding = make_.adding()};
        if constexpr (requires { make_.plan.columns; }) {
            scope.restricted = make_.plan.mode == save_mode::some;
            scope.columns = make_.plan.columns;
        }
        validation_.emplace(check_row(row_, scope));
        sql::statement asked = validation_->ask();
        if (asked.empty) validation_->throw_if_wrong();
        return asked;
    }
    void answered(const postgres::result_view& result) {
        validation_->answer(result);
        validation_->throw_if_wrong();
    }

    sql::statement statement() {
        row_image image = stamped_image(row_, make_.adding());
        created_ = make_.adding() || (make_.may_add() && !image.has_key);
        sql::statement made = make_(image);
        returning_ = std::move(image.returning);
        return made;
    }
    void written(const postgres::result_view& result) {
        const auto returned = static_cast<int>(returning_.size());
        if (result.rows() > 0 && result.columns() > returned) created_ = *result.at(0, returned).data != 0;
        constexpr bool versioned = version_of<M> != nullptr;
        written_row<M> read{std::move(row_), std::move(returning_),
                            missing_in(versioned, make_.must_be_there())};
        sql::statement noted;
        noted.note = note_;
        row_ = read(result, noted);
    }

private:
    M row_;
    Make make_;
    bool validated_;
    bool created_ = false;
    intrusive_ptr<ref_counted> note_;
    std::optional<row_validation> validation_{};
    std::vector<const sql::column*> returning_{};
};

// Hooks one after the other, while the loop runs.
template <class T, model M, class Base = steps_state<T>>
class hooked_steps : public Base {
protected:
    template <class... Args>
    hooked_steps(event_loop& on, const std::optional<database>& chosen, Args&&... args)
        : Base(on, chosen, std::forward<Args>(args)...), inside_(current_context()) {}

    // False: one has to be waited for, and advance() comes again.
    bool run_hooks(std::span<const hook<M>> all, M& row, bool created) {
        const context_scope scope(inside_);
        while (next_ < all.size()) {
            const intrusive_ptr<ref_counted> self(static_cast<operation_state*>(this));
            if (auto done = all[next_++](row, created, self))
                return this->pause_until(std::move(done)), false;
        }
        next_ = 0;
        return true;
    }

private:
    intrusive_ptr<context> inside_;
    std::size_t next_ = 0;
};

template <model M, class Make>
class guarded_write_state final : public hooked_steps<M, M> {
public:
    guarded_write_state(event_loop& on, const std::optional<database>& chosen, guarded_write<M, Make> write)
        : hooked_steps<M, M>(on, chosen), write_(std::move(write)) {}

private:
    enum class phase : std::uint8_t { before, validate, write, after };

    void advance() override {
        if (at_ == phase::before) {
            if (!this->run_hooks(hooks_of<M, hook_point::before_save>(), write_.row(), false)) return;
            at_ = phase::validate;
            sql::statement asked = write_.question();
            if (!asked.empty)
                return this->send(std::move(asked), postgres::access::read,
                                  [this](const postgres::result_view& result) { write_.answered(result); });
        }
        if (at_ == phase::validate) {
            at_ = phase::write;
            return this->send(write_.statement(), postgres::access::write,
                              [this](const postgres::result_view& result) { write_.written(result); });
        }
        at_ = phase::after;
        if (this->run_hooks(hooks_of<M, hook_point::after_save>(), write_.row(), write_.created()))
            this->end();
    }
    M value() override { return std::move(write_.row()); }

    guarded_write<M, Make> write_;
    phase at_ = phase::before;
};

// With a version: it deletes only the row that was read.
template <model M>
struct decode_deleted_row : decode_deleted {
    using decode_deleted::decode_deleted;

    std::optional<sql::parameter> versioned_key{};

    std::int64_t operator()(const postgres::result_view& result, const sql::statement& from) const {
        const std::int64_t count = decode_deleted::operator()(result, from);
        if (count == 0 && versioned_key)
            throw stale_row<M>(stale_text(reflect::type_name<M>(), *versioned_key, "delete_()"));
        return count;
    }
};

template <model M>
class guarded_delete_state final : public hooked_steps<std::int64_t, M> {
public:
    guarded_delete_state(event_loop& on, const std::optional<database>& chosen, M row,
                         sql::statement statement, decode_deleted_row<M> decode)
        : hooked_steps<std::int64_t, M>(on, chosen),
          row_(std::move(row)),
          statement_(std::move(statement)),
          decode_(std::move(decode)) {}

private:
    void advance() override {
        if (!sent_) {
            if (!this->run_hooks(hooks_of<M, hook_point::before_delete>(), row_, false)) return;
            sent_ = true;
            return this->send(std::move(statement_), postgres::access::write,
                              [this](const postgres::result_view& result) { count_ = decode_(result, {}); });
        }
        if (this->run_hooks(hooks_of<M, hook_point::after_delete>(), row_, false)) this->end();
    }
    std::int64_t value() override { return count_; }
    std::exception_ptr explain(std::exception_ptr why) const noexcept override {
        return decode_.failed(std::move(why));
    }

    M row_;
    sql::statement statement_;
    decode_deleted_row<M> decode_;
    std::int64_t count_ = 0;
    bool sent_ = false;
};

template <model M>
class guarded_counted_delete final : public hooked_steps<deleted_rows, M, counted_delete> {
public:
    guarded_counted_delete(event_loop& on, const std::optional<database>& chosen, M row,
                           sql::statement statement, std::exception_ptr of_none)
        : hooked_steps<deleted_rows, M, counted_delete>(on, chosen, std::move(statement), table_of<M>(),
                                                        std::move(of_none)),
          row_(std::move(row)) {}

private:
    bool before() override { return this->run_hooks(hooks_of<M, hook_point::before_delete>(), row_, false); }
    bool after() override { return this->run_hooks(hooks_of<M, hook_point::after_delete>(), row_, false); }

    M row_;
};

}  // namespace orm::inline v0::query_detail
