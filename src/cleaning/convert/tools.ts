/**
 * Reads a telephone number: E.164, as `+493012345678`, or undefined when the text is no number. It is asked once for each distinct text,
 * and must give the same answer again for its own answer.
 *
 * @param region - the country (ISO 3166-1, "DE") of numbers without a country code; undefined where the plan names none
 */
export type PhoneResolver = (text: string, region: string | undefined) => string | undefined;

/** What a cleaning cannot know by itself, and a saved model cannot hold. */
export interface CleaningTools {
  /** Needed by conversions to `"phone"`. @defaultValue none */
  readonly phone?: PhoneResolver | undefined;
}
