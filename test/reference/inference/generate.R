# Sandwich covariances of weighted logistic regressions, and plain errors, by R's glm and the package sandwich.
#
#   Rscript generate.R
#
# reads data.csv (written by generate.py) and writes sandwich.json beside it.
library(sandwich)
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
data <- read.csv(file.path(here, "data.csv"), header = FALSE, col.names = c("a", "b", "c", "d", "label", "frequency", "sampling"))
tight <- glm.control(epsilon = 1e-15, maxit = 200)
balanced <- ifelse(data$label == 1, 0.5 / mean(data$label), 0.5 / (1 - mean(data$label)))
three <- ifelse(data$label == 1, 3, 1)
errors <- function(weights) {
  data$w <- weights
  fit <- suppressWarnings(glm(label ~ a + b + c + d, binomial, data, weights = w, control = tight))
  list(estimates = unname(coef(fit)),
       HC0 = unname(sqrt(diag(sandwich(fit)))),
       HC1 = unname(sqrt(diag(sandwich(fit, adjust = TRUE)))))
}
sets <- list(none = errors(rep(1, nrow(data))), sampling = errors(data$sampling), balanced = errors(balanced),
             samplingAndClasses = errors(data$sampling * three))
plain <- glm(label ~ a + b + c + d, binomial, data, control = tight)
sets$model <- list(standardErrors = unname(sqrt(diag(vcov(plain)))), aic = AIC(plain), bic = BIC(plain), nullDeviance = plain$null.deviance, deviance = plain$deviance)
numbers <- function(x) if (is.list(x)) paste0("{", paste0('"', names(x), '": ', vapply(x, numbers, ""), collapse = ", "), "}") else {
  text <- paste0(formatC(x, digits = 17, format = "g"), collapse = ", ")
  if (length(x) == 1) text else paste0("[", text, "]")
}
writeLines(numbers(sets), file.path(here, "sandwich.json"))
