#include "statement_cache.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

namespace orm::inline v0::postgres {
namespace {

void append_hex(std::string& out, std::uint64_t number) {
    char digits[16];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number, 16).ptr;
    out.append(digits, end);
}

}  // namespace

bool statement_cache::key::operator==(const key& other) const noexcept {
    return text == other.text && std::ranges::equal(oids, other.oids);
}

std::size_t statement_cache::key_hash::operator()(const key& of) const noexcept {
    std::size_t hash = std::hash<std::string_view>()(of.text);
    for (const std::uint32_t oid : of.oids) hash = hash * 31 + oid;
    return hash;
}

void statement_cache::collect_oids(std::span<const sql::parameter> parameters) {
    scratch_.clear();
    for (const sql::parameter& one : parameters) scratch_.push_back(sql::parameter_oid_of(one.type));
}

prepared_statement* statement_cache::find(std::string_view text, std::span<const sql::parameter> parameters) {
    collect_oids(parameters);
    const auto found = index_.find(key{text, scratch_});
    if (found == index_.end()) return nullptr;
    prepared_statement& which = *found->second;
    if (newest_ != &which) {
        unlink(which);
        link(which);
    }
    return &which;
}

prepared_statement& statement_cache::add(std::string_view text, std::span<const sql::parameter> parameters) {
    collect_oids(parameters);
    auto made = std::make_unique<prepared_statement>();
    prepared_statement& which = *made;
    which.text = text;
    which.oids = scratch_;
    which.name = "orm_";
    append_hex(which.name, nonce_);
    which.name += '_';
    append_hex(which.name, ++counter_);
    index_.emplace(key_of(which), std::move(made));
    link(which);
    return which;
}

void statement_cache::link(prepared_statement& which) noexcept {
    which.older = newest_;
    which.newer = nullptr;
    (newest_ ? newest_->newer : oldest_) = &which;
    newest_ = &which;
}

void statement_cache::unlink(prepared_statement& which) noexcept {
    (which.newer ? which.newer->older : newest_) = which.older;
    (which.older ? which.older->newer : oldest_) = which.newer;
    which.newer = which.older = nullptr;
}

void statement_cache::orphan(prepared_statement& which) {
    if (which.state == statement_state::gone) return;
    auto taken = index_.extract(key_of(which));
    orphans_.push_back(std::move(taken.mapped()));
    unlink(which);
    which.state = statement_state::gone;
}

void statement_cache::bury(prepared_statement& which) noexcept {
    if (which.users > 0 || which.to_close) return;
    std::erase_if(orphans_, [&](const auto& one) { return one.get() == &which; });
}

void statement_cache::unuse(prepared_statement& which) noexcept {
    --which.users;
    if (which.state == statement_state::gone) bury(which);
}

void statement_cache::forget(prepared_statement& which) {
    orphan(which);
    which.to_close = false;
    bury(which);
}

void statement_cache::retire(prepared_statement& which) {
    orphan(which);
    which.to_close = true;
}

void statement_cache::make_room() {
    prepared_statement* at = oldest_;
    while (at && index_.size() >= capacity_) {
        prepared_statement* const next = at->newer;
        if (at->users == 0 && at->state == statement_state::ready) retire(*at);
        at = next;
    }
}

prepared_statement* statement_cache::next_to_close() noexcept {
    for (const auto& one : orphans_) {
        if (!one->to_close || one->users > 0) continue;
        one->to_close = false;
        return one.get();
    }
    return nullptr;
}

void statement_cache::clear() {
    while (oldest_) forget(*oldest_);
    for (const auto& one : orphans_) one->to_close = false;
    std::erase_if(orphans_, [](const auto& one) { return one->users == 0; });
}

}  // namespace orm::inline v0::postgres
