// Batches of what is loaded in one tick.
#include <asynchrormous/postgres/to_text.hpp>
#include <asynchrormous/query/loading.hpp>
#include <asynchrormous/sql/error.hpp>

#include <algorithm>

namespace orm::inline v0::query_detail {

namespace {

bool same(const load_source& a, const load_source& b) {
    return a.keys->root == b.keys->root && a.keys->target == b.keys->target && a.model == b.model &&
           std::equal(a.keys->hops.begin(), a.keys->hops.end(), b.keys->hops.begin(), b.keys->hops.end(),
                      [](const sql::hop& x, const sql::hop& y) { return x.from == y.from && x.to == y.to; });
}

// Rows and the key by which each was found, as its last column.
sql::statement query_for(const load_source& from, std::vector<std::string> keys) {
    const sql::type type = from.key_type;
    const sql::expression_ptr key = sql::field(*from.keys);
    const sql::expression_ptr wanted = sql::value(array_of({type.kind, true, type.identity}, keys));
    return sql::render_select(sql::query(*from.keys->root)
                                  .filter(sql::compare(sql::lookup_kind::in, key, wanted))
                                  .annotate("(key)", key));
}

// Open until the end of the tick, then under way; keeps itself and its tickets alive until it is done.
class load_batch final : public ref_counted, private deferred, private waiter, private shutdown_listener {
public:
    load_batch(const load_source& from, route where)
        : shutdown_listener(where.loop()), from_(from), where_(std::move(where)) {}
    ~load_batch() override {
        if (answer_) answer_->remove_waiter(*this);
    }

    bool takes(const load_source& from, const route& where) const {
        return &where.executor() == &where_.executor() && same(from, from_);
    }
    load_ticket* find(std::string_view key) const {
        const auto at = std::find_if(tickets_.begin(), tickets_.end(),
                                     [key](const load_ticket* each) { return each->key() == key; });
        return at == tickets_.end() ? nullptr : *at;
    }
    void open() {
        self_ = intrusive_ptr<load_batch>(this);
        where_.loop().defer(*this);
    }
    void add(load_ticket& ticket) {
        ticket.state().add_ref();
        tickets_.push_back(&ticket);
    }

private:
    // The rows that are loaded come from where those came from that they are loaded for.
    void note(sql::statement& query) const {
        const member_origin* origin = tickets_.front()->origin();
        if (!origin || !origin->result) return note_origin({}, query, true);
        count_query(*origin, query.text);
        note_origin(query_settings(origin->result->where_from).with(origin->result->mode), query, true);
    }
    void run_deferred() noexcept override;
    void on_loop_shutdown() noexcept override;
    void wake() noexcept override;
    void fail(std::exception_ptr why) noexcept {
        for (load_ticket* each : tickets_) each->fail(why);
        let_go();
    }
    void let_go() noexcept {
        for (load_ticket* each : tickets_) each->state().release();
        tickets_.clear();
        const intrusive_ptr<load_batch> last = std::move(self_);
    }

    load_source from_;
    route where_;
    std::vector<load_ticket*> tickets_{};
    intrusive_ptr<operation_state> answer_{};
    intrusive_ptr<load_batch> self_{};
};

std::vector<load_batch*>& open_batches() {
    thread_local std::vector<load_batch*> open;
    return open;
}

load_batch* batch_for(const load_source& from, const route& where) {
    for (load_batch* each : open_batches())
        if (each->takes(from, where)) return each;
    return nullptr;
}

void load_batch::run_deferred() noexcept {
    std::erase(open_batches(), this);
    const auto by_key = [](const load_ticket* a, const load_ticket* b) { return a->key() < b->key(); };
    std::sort(tickets_.begin(), tickets_.end(), by_key);
    try {
        std::vector<std::string> keys;
        for (const load_ticket* each : tickets_) keys.push_back(each->key());
        sql::statement query = query_for(from_, std::move(keys));
        note(query);
        answer_ = from_.model->send(where_, std::move(query));
        answer_->add_waiter(*this);
    } catch (...) {
        fail(std::current_exception());
    }
}

// What is under way is failed by the loop. Tickets of a query that never left are failed by it, too.
void load_batch::on_loop_shutdown() noexcept {
    if (answer_) return;
    std::erase(open_batches(), this);
    where_.loop().forget(*this);
    let_go();
}

void load_batch::wake() noexcept {
    const intrusive_ptr<load_batch> alive = self_;
    const intrusive_ptr<operation_state> answer = std::move(answer_);
    try {
        answer->rethrow_if_failed();
        from_.model->hand_out(*answer, tickets_);
        let_go();
    } catch (...) {
        fail(std::current_exception());
    }
}

}  // namespace

load_ticket* find_ticket(load_tickets tickets, std::string_view key) {
    const auto at =
        std::lower_bound(tickets.begin(), tickets.end(), key,
                         [](const load_ticket* each, std::string_view k) { return each->key() < k; });
    return at != tickets.end() && (*at)->key() == key ? *at : nullptr;
}

load_ticket* ticket_in_batch(const load_source& from, const route& where, std::string_view key) {
    const load_batch* batch = batch_for(from, where);
    return batch ? batch->find(key) : nullptr;
}

void add_to_batch(const load_source& from, const route& where, load_ticket& ticket) {
    load_batch* batch = batch_for(from, where);
    if (!batch) {
        batch = new load_batch(from, where);
        batch->open();
        open_batches().push_back(batch);
    }
    batch->add(ticket);
}

void check_followed_key(const sql::table& target, const std::string& bytes) {
    const bool unset = std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
    if (!target.key().identity || !unset) return;
    throw query_error("this key refers to no " + std::string(target.model) +
                      ": it is 0, so nobody has set it or the " + std::string(target.model) +
                      " was not saved");
}

std::string missing_row_text(const sql::table& target, const sql::parameter& key) {
    return "no " + std::string(target.model) + " has the key " + postgres::to_text(key) +
           " that a foreign key refers to: it was deleted, or the key was never that of a row";
}

}  // namespace orm::inline v0::query_detail
