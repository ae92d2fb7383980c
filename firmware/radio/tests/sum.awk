# Adds up the runners' summaries into one last line. A line "exit N" ends each runner's output: one that fails without a failed
# test, as by a finding of a sanitizer, counts as a failed test.

match($0, /^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/) {
    split($0, parts, " ")
    passed += parts[1]
    failed += parts[3]
    skipped += parts[5]
    has_failed = parts[3] != 0
    has_ended = 1
    next
}

/^exit [0-9]+$/ {
    if (!has_ended || ($2 != 0 && !has_failed)) {
        print "FAIL  the runner itself, with exit status " $2
        failed++
    }
    has_ended = has_failed = 0
    next
}

{ print }

END {
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    exit failed != 0
}
