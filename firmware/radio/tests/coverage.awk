# Sums up what gcov -b says of the files of core/. Fails when fewer than `least` percent of the branches were taken.

function share(line,    parts) {
    sub(/^[^:]*:/, "", line)
    split(line, parts, "% of ")
    return parts[1] * parts[2] / 100
}

function total(line) {
    sub(/.* of /, "", line)
    return line + 0
}

/^File / {
    file = $2
    gsub(/'/, "", file)
    is_counted = file ~ /^core\//
    is_fresh = is_counted
}

# The last such line, without a file before it, is of all files together.
is_fresh && /^Lines executed/ {
    is_fresh = 0
    lines += total($0)
    lines_run += share($0)
    printf "%-24s lines %6.2f %% of %3d", file, 100 * share($0) / total($0), total($0)
}

is_counted && /^Taken at least once/ {
    branches += total($0)
    branches_taken += share($0)
    printf ", branches %6.2f %% of %3d", 100 * share($0) / total($0), total($0)
}

is_counted && /^(No calls|Calls executed)/ { print "" }

END {
    if (branches == 0) {
        print "coverage: nothing was measured"
        exit 1
    }
    percent = 100 * branches_taken / branches
    printf "coverage: lines %.2f %% of %d, branches %.2f %% of %d (at least %d %%)\n",
        100 * lines_run / lines, lines, percent, branches, least
    exit percent < least
}
