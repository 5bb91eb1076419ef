# AUCs with DeLong's errors and paired comparisons by pROC 1.18, for test/evaluation/auc-interval.test.ts and compare-aucs.test.ts.
#
#     Rscript generate.R    run in this folder; writes expected.json; reads ../evaluation/telco-out-of-fold.csv
#
# pROC has no interval on the logit scale: it is formed here from its AUC and variance by base R (qlogis, plogis, qnorm).

suppressMessages(library(pROC))

number <- function(x) format(x, digits = 17)
list_of <- function(x) paste0("[", paste(vapply(x, number, ""), collapse = ","), "]")
curve_of <- function(labels, scores) roc(labels, scores, levels = c(0, 1), direction = "<", quiet = TRUE)

figures <- function(labels, a, b, level) {
  curve_a <- curve_of(labels, a)
  curve_b <- curve_of(labels, b)
  auc <- as.numeric(auc(curve_a))
  error <- sqrt(var(curve_a, method = "delong"))
  reach <- qnorm(1 - (1 - level) / 2) * error / (auc * (1 - auc))
  test <- roc.test(curve_a, curve_b, method = "delong", paired = TRUE, conf.level = level)
  paste0(
    '"level":', number(level), ',"auc":', number(auc), ',"standardError":', number(error),
    ',"low":', number(plogis(qlogis(auc) - reach)), ',"high":', number(plogis(qlogis(auc) + reach)),
    ',"aucB":', number(as.numeric(auc(curve_b))), ',"z":', number(unname(test$statistic)), ',"pValue":', number(test$p.value),
    ',"differenceLow":', number(test$conf.int[1]), ',"differenceHigh":', number(test$conf.int[2])
  )
}

set.seed(20240601)
cases <- c()
for (n in c(12, 40, 150)) for (rate in c(0.2, 0.5)) for (digits in c(1, 6)) {
  labels <- as.integer(runif(n) < rate)
  labels[1:4] <- c(0, 1, 0, 1)
  a <- round(rnorm(n) + 1.2 * labels, digits)
  b <- round(0.6 * a + rnorm(n) + 0.3 * labels, digits)
  name <- sprintf('"%d rows, rate %.1f, %d decimals"', n, rate, digits)
  level <- if (n == 40) 0.9 else 0.95
  cases <- c(cases, paste0('{"name":', name, ',"labels":', list_of(labels), ',"scoresA":', list_of(a), ',"scoresB":', list_of(b), ",", figures(labels, a, b, level), "}"))
}
telco <- read.csv("../evaluation/telco-out-of-fold.csv")
telco_figures <- paste0('{', figures(telco$y, telco$logreg_C1, telco$random_forest_500, 0.95), "}")
writeLines(paste0('{"source":"pROC ', packageVersion("pROC"), '","cases":[\n', paste(cases, collapse = ",\n"), '\n],"telco":', telco_figures, "}"), "expected.json")
