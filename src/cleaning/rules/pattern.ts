/** The regular expression that a whole text must match; undefined for one that is no expression. */
export function compilePattern(pattern: string): RegExp | undefined {
  try {
    // By itself first: "a)(?:b" would become one only within the brackets.
    new RegExp(pattern, "u");
    return new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    return undefined;
  }
}
