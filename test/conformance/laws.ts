import { dataLaws } from "./laws/data";
import { optionLaws } from "./laws/options";
import { predictionLaws } from "./laws/predictions";
import { savedFormLaws } from "./laws/saved-form";
import { stepLaws } from "./laws/steps";

/** What every model must keep, by name. */
export const laws = { ...predictionLaws, ...dataLaws, ...savedFormLaws, ...optionLaws, ...stepLaws };
