# A failing check is a warning: it changes neither the plan nor the exit code. With strict, the precondition of the output
# `breached` fails the run.

check "breach" {
  assert {
    condition     = length(local.breaches) == 0
    error_message = join("\n", values(local.breach_texts))
  }
}

check "missing" {
  assert {
    condition     = length(local.missing) == 0
    error_message = join("\n", values(local.missing_texts))
  }
}

check "stale" {
  assert {
    condition     = length(local.stale) == 0
    error_message = join("\n", values(local.stale_details))
  }
}
