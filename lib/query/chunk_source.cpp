#include "look_at.hpp"

#include <asynchrormous/postgres/transaction.hpp>
#include <asynchrormous/query/atomic_block.hpp>
#include <asynchrormous/query/chunk_source.hpp>
#include <asynchrormous/query/eager_loading.hpp>
#include <asynchrormous/query/origin.hpp>
#include <asynchrormous/sql/error.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace orm::inline v0::query_detail {

namespace {

// As a comment that ends with its line, so that errors, logs and pg_stat_activity say whose rows these are.
std::string fetch_text(int rows, const std::string& name, std::string_view select) {
    const std::string_view line = select.substr(0, select.find_first_of("\r\n"));
    return "FETCH FORWARD " + std::to_string(rows) + " FROM " + name + " -- " + std::string(line);
}

bool loads_afterwards(const intrusive_ptr<const sql::loading>& loads) {
    return loads && !static_cast<const related_loading&>(*loads).afterwards.empty();
}

}  // namespace

// What is sent around the chunks. Its error is read from it, or known from elsewhere.
class chunk_source::step final : public lazy_state<void>, public statement_operation {
public:
    step(const route& where, sql::statement statement)
        : lazy_state<void>(where.loop()),
          statement_operation(where, std::move(statement), postgres::access::read) {}
    // Of a CLOSE: the number is free once that was done.
    step(const route& where, sql::statement statement, intrusive_ptr<transaction> session, int number)
        : step(where, std::move(statement)) {
        session_ = std::move(session);
        number_ = number;
    }

    void on_result(const postgres::result_view&) override {
        if (session_) session_->free_cursor(number_);
        succeed();
    }
    void on_error(std::exception_ptr why) noexcept override { fail(std::move(why)); }
    operation_state& state() noexcept override { return *this; }

private:
    ~step() override {
        if (ready()) look_at(*this);
    }
    void answer_without_rows() override { succeed(); }
    void on_cancel() noexcept override { take_back(); }

    intrusive_ptr<transaction> session_{};
    int number_ = 0;
};

chunk_source::chunk_source(const sql::query& rows, const query_settings& settings, int chunk_rows,
                           const row_kind& kind, void (*enter)(const event_loop& loop))
    : settings_(settings), kind_(kind), chunk_rows_(static_cast<std::size_t>(chunk_rows)) {
    if (chunk_rows < 1)
        throw query_error("stream() and iterator() of " + std::string(rows.source().model) +
                          " need at least one row in a chunk");
    sql::statement select = sql::render_select(rows);
    if (select.empty) return;
    const std::optional<database> chosen = route::chosen_by(settings);
    where_ = route::choose(chosen);
    enter(where_.loop());
    if (select.locks) require_transaction(where_.executor());
    note_origin(settings, select, true);
    loads_ = rows.loads();
    session_ = intrusive_ptr<transaction>(transaction::behind(where_.executor()));
    if (!session_) {
        const bool read_only = select.plain && !loads_afterwards(loads_);
        session_ = own_ =
            transaction::begin(chosen ? *chosen : database::current(), {.read_only = read_only});
        where_ = route::to(*own_);
        // Plans for all rows: by default those of cursors are for the first tenth of them.
        send("SET LOCAL cursor_tuple_fraction = 1");
    }
    number_ = session_->take_cursor();
    name_ = "orm_" + std::to_string(number_);
    select_ = select.text;
    fetch_ = fetch_text(chunk_rows, name_, select_);
    send("DECLARE " + name_ + " NO SCROLL CURSOR FOR " + select_.str(), std::move(select.parameters));
    request();
}

chunk_source::~chunk_source() = default;

void chunk_source::send(std::string text, sql::parameter_list parameters) {
    sql::statement made;
    made.text = std::move(text);
    made.parameters = std::move(parameters);
    const auto sent = make_intrusive<step>(where_, std::move(made));
    opening_.push_back(sent);
    sent->start();
}

// Where a nested atomic() is open it has the floor: outside of it this would wait for its end.
route chunk_source::way() const {
    const intrusive_ptr<transaction> level = where_.open_transaction();
    transaction* const inside = open_transaction();
    if (own_ || !level || !inside || inside == level.get()) return where_;
    const bool nested = level->open() && inside->open() && inside->shares_session(*level);
    return nested ? route::to(*inside) : where_;
}

void chunk_source::request() {
    sql::statement fetch;
    fetch.text = select_;
    note_origin(settings_, fetch, false);
    fetch.text = fetch_;
    arrival_ = make_intrusive<lazy_state<void>>(where_.loop());
    chunk_ = kind_.send(way(), std::move(fetch), loads_);
    chunk_->add_waiter(*this);
}

intrusive_ptr<operation_state> chunk_source::take() {
    arrival_->rethrow_if_failed();
    intrusive_ptr<operation_state> taken = std::move(chunk_);
    arrival_ = std::move(commit_);
    if (!over_) request();
    return taken;
}

// Of the chunk; of the commit, where no rows are left to be taken before.
void chunk_source::wake() noexcept {
    const intrusive_ptr<chunk_source> left = std::move(self_);
    if (left) return look_at(*chunk_);
    auto& arrived = static_cast<lazy_state<void>&>(*arrival_);
    try {
        if (const auto ending = std::move(commit_)) {
            ending->rethrow_if_failed();
            return arrived.succeed();
        }
        for (const auto& each : std::exchange(opening_, {})) each->rethrow_if_failed();
        chunk_->rethrow_if_failed();
        const std::size_t rows = kind_.count(*chunk_);
        if (rows < chunk_rows_) end();
        if (commit_ && rows == 0) return commit_->add_waiter(*this);
        arrived.succeed();
    } catch (...) {
        fail(std::current_exception());
    }
}

void chunk_source::end() {
    over_ = true;
    if (own_)
        commit_ = own_->commit().state();
    else
        close();
}

void chunk_source::fail(std::exception_ptr why) noexcept {
    over_ = true;
    if (chunk_) look_at(*chunk_);
    if (own_) own_->abandon();
    arrival_->fail(std::move(why));
}

// Where the transaction has failed or ended there is no cursor any more, and nothing is sent.
void chunk_source::close() noexcept {
    try {
        sql::statement made;
        made.text = "CLOSE " + name_;
        make_intrusive<step>(way(), std::move(made), session_, number_)->start();
    } catch (...) {  // the loop has shut down
    }
}

void chunk_source::leave() noexcept {
    if (commit_) commit_->remove_waiter(*this);
    const bool coming = chunk_ && !chunk_->ready();
    if (chunk_) chunk_->remove_waiter(*this);
    if (own_) {
        if (coming) chunk_->cancel();
        if (own_->open()) own_->abandon();
        return;
    }
    if (!chunk_ || over_) return;
    // In the open transaction it is not cancelled, which would be an error of that: its rows are dropped.
    if (coming) {
        self_ = intrusive_ptr<chunk_source>(this);
        chunk_->add_waiter(*this);
    } else {
        look_at(*chunk_);
    }
    close();
}

}  // namespace orm::inline v0::query_detail
