export { ClienteleError, type ErrorCode, type ErrorDetails } from "./error";
