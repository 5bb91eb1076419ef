import { benchRfm } from "./rfm";
benchRfm();
