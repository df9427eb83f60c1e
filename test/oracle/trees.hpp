// Random condition trees: what both files of them share.
#pragma once

#include "oracle.hpp"

namespace oracle {

// One line for run.py: the tree as JSON, and the keys of the rows that it finds.
void report_tree(std::string_view model, std::string_view method, std::string_view tree,
                 std::string_view keys, std::string_view sql);

template <class M>
void check_tree(std::string_view model, std::string_view method, std::string_view tree,
                const orm::queryset<M>& rows) {
    const auto asked = rows.template values_list<"pk">();
    std::string keys;
    write(keys, asked.rows());
    report_tree(model, method, tree, keys, shown(asked.sql()));
}

}  // namespace oracle
