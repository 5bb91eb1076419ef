# Survival curves by R's package survival, as an independent reference for computeKaplanMeier.
#
#     Rscript generate.R    writes expected.json beside this file; reads examples/data/telco-customer-churn.csv
library(survival)

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))

number <- function(x) if (is.na(x)) "null" else sprintf("%.17g", x)
numbers <- function(x) paste0("[", paste(vapply(x, number, ""), collapse = ", "), "]")
field <- function(name, text) sprintf("\"%s\": %s", name, text)

curve <- function(time, status, weights, interval, confidence, up_to = max(time)) {
  fit <- survfit(Surv(time, status) ~ 1, weights = weights, conf.type = interval, conf.int = confidence, se.fit = TRUE)
  # std.err of the object is that of log S.
  table <- summary(fit, rmean = up_to)$table
  paste0("{", paste(c(
    field("time", numbers(fit$time)), field("atRisk", numbers(fit$n.risk)), field("ended", numbers(fit$n.event)), field("censored", numbers(fit$n.censor)),
    field("survival", numbers(fit$surv)), field("standardError", numbers(fit$surv * fit$std.err)),
    field("low", numbers(fit$lower)), field("high", numbers(fit$upper)),
    field("median", number(table["median"])), field("medianLow", number(table[grep("LCL", names(table))])), field("medianHigh", number(table[grep("UCL", names(table))])),
    field("upTo", number(up_to)), field("mean", number(table["rmean"])), field("meanStandardError", number(table["se(rmean)"]))
  ), collapse = ", "), "}")
}

case <- function(name, time, status, weights = rep(1, length(time)), with_input = TRUE, ...) {
  settings <- list(list("log-log", "logLog", 0.95), list("log", "log", 0.9), list("plain", "plain", 0.99))
  curves <- vapply(settings, function(s) sprintf("{\"interval\": \"%s\", \"confidence\": %s, \"curve\": %s}", s[[2]], s[[3]], curve(time, status, weights, s[[1]], s[[3]], ...)), "")
  input <- if (with_input) paste0(paste(c(field("durations", numbers(time)), field("churned", numbers(status)), field("weights", numbers(weights))), collapse = ", "), ", ") else ""
  sprintf("{\"name\": \"%s\", %s\"curves\": [\n%s]}", name, input, paste(curves, collapse = ",\n"))
}

set.seed(7)
n <- 60
whole <- pmin(rgeom(n, 0.2) + 1, 9)
status <- rbinom(n, 1, 0.6)
stopifnot(sum(whole == 9 & status == 0) > 0)
continuous <- round(rexp(40, 0.1), 3)
telco <- read.csv(file.path(here, "../../../examples/data/telco-customer-churn.csv"))

out <- c(
  case("whole periods, many ties", whole, status),
  case("whole periods, counts as weights", c(1, 2, 2, 3, 4, 4, 5), c(1, 1, 0, 1, 1, 0, 0), c(12, 30, 5, 7, 3, 9, 40)),
  case("continuous, all leave", continuous, rep(1, 40)),
  case("continuous, up to 8", continuous, rbinom(40, 1, 0.5), up_to = 8),
  case("a duration of 0", c(0, 0, 1, 3, 3), c(1, 0, 1, 0, 1)),
  case("telco, tenure in months", telco$tenure, as.numeric(telco$Churn == "Yes"), with_input = FALSE)
)
writeLines(paste0("[", paste(out, collapse = ",\n"), "]"), file.path(here, "expected.json"))
