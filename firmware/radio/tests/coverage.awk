# Sums up what gcov -b says of the files of core/. Fails when fewer than `least` percent of the branches were taken.

/^File / {
    file = $2
    gsub(/'/, "", file)
    is_core = file ~ /^core\//
    is_new = is_core && !(file in seen) # a header shows up once for each file that includes it; gcov adds those up
    seen[file] = is_core
}

function share(line,    parts) {
    sub(/^[^:]*:/, "", line)
    split(line, parts, "% of ")
    return parts[1] * parts[2] / 100
}

function total(line) {
    sub(/.* of /, "", line)
    return line + 0
}

is_new && /^Lines executed/ { lines += total($0); lines_run += share($0); text = sprintf("%-28s lines %s", file, substr($2, 10)) }
is_new && /^Taken at least once/ {
    branches += total($0)
    branches_taken += share($0)
    printf "%s of %d, branches %s of %d\n", text, lines_of, substr($4, 6), total($0)
}
is_new && /^Lines executed/ { lines_of = total($0) }

END {
    percent = branches ? 100 * branches_taken / branches : 0
    printf "coverage: lines %.2f %% of %d, branches %.2f %% of %d (at least %d %%)\n", 100 * lines_run / lines, lines, percent, branches, least
    exit percent < least
}
