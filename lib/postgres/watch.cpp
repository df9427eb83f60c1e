#include "watch.hpp"

#include "conninfo.hpp"

#include <asynchrormous/postgres/connect_error.hpp>
#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/runtime/hooks.hpp>

#include <cxxabi.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdlib>
#include <typeinfo>

namespace orm::inline v0 {

namespace {

thread_local observing* first_observing = nullptr;

}  // namespace

std::atomic<int> postgres::observers_alive = 0;

observer::observer() noexcept { postgres::observers_alive.fetch_add(1, std::memory_order_relaxed); }
observer::~observer() { postgres::observers_alive.fetch_sub(1, std::memory_order_relaxed); }

bool anybody_observes() noexcept { return !postgres::nobody_observes(); }

observing::observing(observer& who) noexcept : who_(who), next_(first_observing) { first_observing = this; }
observing::~observing() {
    observing** at = &first_observing;
    while (*at && *at != this) at = &(*at)->next_;
    if (*at) *at = next_;
}
const observing* observing::first() noexcept { return first_observing; }

namespace postgres {

namespace {

std::uint64_t next_id() noexcept {
    static std::atomic<std::uint64_t> last = 0;
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

statement_event::time_point now() noexcept { return statement_event::time_point::clock::now(); }

std::uint64_t fnv1a(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf2'9ce4'8422'2325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01b3;
    return hash;
}

std::size_t bytes_of(const request& what) noexcept {
    std::size_t bytes = what.text.size();
    for (const sql::parameter& one : what.parameters)
        if (one.bytes) bytes += one.bytes->size();
    return bytes;
}

// "orm::unique_violation", without the version that the binary interface has.
std::string name_of(const std::type_info& type) {
    int status = 0;
    char* const text = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
    std::string name = text ? text : type.name();
    std::free(text);
    constexpr std::string_view version = "orm::v0::";
    if (name.starts_with(version)) name.replace(0, version.size(), "orm::");
    return name;
}

struct error_facts {
    std::string type{};
    std::string sqlstate{};
};

error_facts facts_of(const std::exception_ptr& why) {
    try {
        std::rethrow_exception(why);
    } catch (const database_error& e) {
        return {name_of(typeid(e)), e.sqlstate()};
    } catch (const connect_error& e) {
        return {name_of(typeid(e)), e.sqlstate()};
    } catch (const std::exception& e) {
        return {name_of(typeid(e)), {}};
    } catch (...) {
        return {"_OTHER", {}};
    }
}

template <class F>
void tell_each(const audience_ptr& of, F tell) noexcept {
    const auto guarded = [&tell](observer& who) {
        try {
            tell(who);
        } catch (...) {
            tell_unobserved_error(std::current_exception());
        }
    };
    if (of)
        for (const auto& each : of->own()) guarded(*each);
    for (const auto* each = observing::first(); each; each = each->next()) guarded(each->who());
}

}  // namespace

audience::audience(const conninfo& info, std::string alias, std::vector<std::shared_ptr<observer>> all)
    : own_(std::move(all)) {
    std::erase(own_, nullptr);
    const host_entry& host = info.hosts.front();
    database_ = {.alias = std::move(alias),
                 .address = host.name.empty() ? host.address : host.name,
                 .name = std::string(info.find("dbname"))};
    std::from_chars(host.port.data(), host.port.data() + host.port.size(), database_.port);
}

statement_watch::statement_watch(operation& what, audience_ptr of) : of_(std::move(of)) {
    const request sent = what.request();
    text_ = sent.text;
    event_.id = next_id();
    event_.database = &of_->database();
    event_.text = text_;
    event_.shape = fnv1a(text_);
    event_.access = sent.access;
    event_.control = what.control();
    event_.parameter_count = sent.parameters.size();
    event_.sent_bytes = bytes_of(sent);
    event_.submitted = now();
    if (const std::source_location* const written = what.written()) {
        where_ = *written;
        event_.where = &where_;
    }
}

void statement_watch::begin(operation& what, const audience_ptr& of) noexcept {
    what.watch_ = new statement_watch(what, of);
    what.watch_->tell(&observer::on_submit, &what);
}

void statement_watch::tell(told how, const operation* what) noexcept {
    const auto parameters = what ? what->request().parameters : std::span<const sql::parameter>();
    tell_each(of_, [&](observer& who) {
        event_.parameters = who.wants_parameters() ? parameters : std::span<const sql::parameter>();
        (who.*how)(event_);
    });
}

void statement_watch::on_acquired(const operation& what) noexcept {
    event_.acquired = now();
    tell(&observer::on_acquire, &what);
}

void statement_watch::on_sent(operation* what, const request& as, const wire_position& at,
                              const audience_ptr& of) noexcept {
    statement_event begin;
    statement_event& event = what ? what->watch_->event_ : begin;
    event.server_process = at.server_process;
    event.sync = at.sync;
    event.round_trip = at.round_trip;
    event.sent = now();
    event.begun = event.answered = {};
    ++event.sends;
    if (what) return what->watch_->tell(&observer::on_send, what);
    event.id = next_id();
    event.database = &of->database();
    event.text = as.text;
    event.shape = fnv1a(as.text);
    event.access = as.access;
    event.control = as.access == access::write ? control_kind::begin : control_kind::none;
    event.internal = true;
    event.sent_bytes = as.text.size();
    tell_each(of, [&](observer& who) { who.on_send(event); });
}

void statement_watch::on_answered(const operation& what, time_point at, time_point before) noexcept {
    if (event_.answered != time_point()) return;  // of many rows, the first
    event_.answered = at;
    event_.begun = std::max(event_.sent, before);
    tell(&observer::on_first_row, &what);
}

void statement_watch::on_done(operation& what, const result_view& result) noexcept {
    const std::unique_ptr<statement_watch> mine(std::exchange(what.watch_, nullptr));
    statement_event& event = mine->event_;
    event.rows = result.rows();
    event.affected = result.affected_rows();
    event.result_bytes = result.bytes();
    event.ended = now();
    mine->tell(&observer::on_done, &what);
}

void statement_watch::on_failed(operation& what, const std::exception_ptr& why) noexcept {
    const std::unique_ptr<statement_watch> mine(std::exchange(what.watch_, nullptr));
    auto [type, sqlstate] = facts_of(why);
    mine->error_type_ = std::move(type);
    mine->sqlstate_ = std::move(sqlstate);
    statement_event& event = mine->event_;
    event.error = why;
    event.error_type = mine->error_type_;
    event.sqlstate = mine->sqlstate_;
    event.ended = now();
    mine->tell(&observer::on_error, &what);
}

// The operation may be no more than its base: it is asked nothing.
void statement_watch::on_abandoned(operation& what) noexcept {
    const std::unique_ptr<statement_watch> mine(std::exchange(what.watch_, nullptr));
    mine->event_.ended = now();
    mine->tell(&observer::on_abandon, nullptr);
}

void tell_connected(const audience_ptr& of, int server_process, std::chrono::nanoseconds took,
                    std::exception_ptr error) noexcept {
    if (!statement_watch::wanted(of)) return;
    const connection_event event{of->database(), server_process, took, std::move(error)};
    tell_each(of, [&](observer& who) { who.on_connect(event); });
}

void tell_disconnected(const audience_ptr& of, int server_process, std::exception_ptr why) noexcept {
    if (!statement_watch::wanted(of)) return;
    const connection_event event{of->database(), server_process, {}, std::move(why)};
    tell_each(of, [&](observer& who) { who.on_disconnect(event); });
}

}  // namespace postgres

}  // namespace orm::inline v0
