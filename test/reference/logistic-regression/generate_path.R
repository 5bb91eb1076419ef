# Paths of penalised logistic regressions, and the choice of a strength, by glmnet.
#
#     Rscript generate_path.R
#
# reads weights-and-penalties.csv beside this file (six columns, label, sampling weight) and writes path.json: for some shares of L1 the strengths that glmnet chooses and the
# coefficients along them (with alpha = 0 glmnet's first are those of an infinite strength), and cv.glmnet's losses (binomial deviance / 2), standard errors and choices for given folds.
library(glmnet)

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
data <- as.matrix(read.csv(file.path(here, "weights-and-penalties.csv"), header = FALSE))
x <- data[, 1:6]
y <- data[, 7]
sampling <- data[, 8]
glmnet.control(fdev = 0, devmax = 1)
paths <- lapply(list(list(1, NULL), list(0.5, NULL), list(1, sampling), list(0, NULL)), function(case) {
  weights <- if (is.null(case[[2]])) rep(1, nrow(x)) else case[[2]]
  fit <- glmnet(x, y, family = "binomial", alpha = case[[1]], weights = weights, nlambda = 25, thresh = 1e-26, maxit = 1e8)
  list(l1Share = case[[1]], weighted = !is.null(case[[2]]), strengths = fit$lambda, intercepts = as.numeric(fit$a0), coefficients = t(as.matrix(fit$beta)))
})
folds <- (seq_along(y) * 7) %% 5
# With strengths given, cv.glmnet fits every fold with them; without, it interpolates between strengths of each fold's own.
choose <- function(alpha, weights) {
  strengths <- glmnet(x, y, family = "binomial", alpha = alpha, weights = weights, nlambda = 30)$lambda
  cv.glmnet(x, y, family = "binomial", alpha = alpha, weights = weights, foldid = folds + 1, lambda = strengths, thresh = 1e-26, maxit = 1e8, type.measure = "deviance")
}
cv <- choose(1, rep(1, nrow(x)))
weighted <- choose(0.5, sampling)
choice <- function(cv, share, isWeighted) list(
  l1Share = share, weighted = isWeighted, strengths = cv$lambda, logLoss = cv$cvm / 2, standardError = cv$cvsd / 2, best = cv$lambda.min, oneStandardError = cv$lambda.1se)
json <- function(value) {
  if (is.list(value)) {
    parts <- vapply(value, json, "")
    if (is.null(names(value))) paste0("[", paste(parts, collapse = ",\n"), "]") else paste0("{", paste0('"', names(value), '": ', parts, collapse = ",\n"), "}")
  } else if (is.matrix(value)) {
    paste0("[", paste(apply(value, 1, json), collapse = ",\n"), "]")
  } else {
    parts <- if (is.logical(value)) tolower(as.character(value)) else sprintf("%.17g", value)
    if (length(value) == 1) parts else paste0("[", paste(parts, collapse = ", "), "]")
  }
}
result <- list(paths = paths, folds = folds, choices = list(choice(cv, 1, FALSE), choice(weighted, 0.5, TRUE)))
writeLines(json(result), file.path(here, "path.json"))
