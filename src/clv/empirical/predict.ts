import type { EmpiricalGroup } from "./spec";

/**
 * The group of a customer. The groups cover every frequency and every number of days,
 * so a customer beyond all that was seen belongs to the outermost one.
 */
export function groupOf(groups: readonly EmpiricalGroup[], frequency: number, daysSinceLast: number): number {
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i]!;
    if ((group.frequencyTo === null || frequency <= group.frequencyTo) && (group.daysTo === null || daysSinceLast <= group.daysTo)) return i;
  }
  return groups.length - 1;
}

/** 97.5 % quantile of the normal distribution. */
const NORMAL_975 = 1.959963984540054;

/** Half the width of the 95 % interval of a group's mean, by the normal approximation. */
export function halfWidth({ standardError }: EmpiricalGroup): number {
  return NORMAL_975 * standardError;
}
