/**
 * Who the groups are: k-means clusters, and profiles of any groups.
 *
 * @module segmentation
 */
export {
  chooseClusterCount,
  chooseClusterCountSteps,
  type ChooseClusterCountOptions,
  type ClusterCountCandidate,
  type ClusterCountChoice,
} from "./choose/choose-cluster-count";
export { fitKMeans, kMeansSteps, type KMeansOptions } from "./kmeans/fit";
export { kMeansFromSpec, KMeansModel } from "./kmeans/model";
export type { KMeansSpec, KMeansStatus, KMeansWarning } from "./kmeans/spec";
export type { StartCentroids } from "./kmeans/start";
export type { BooleanProfile, CategoryProfile, NumberProfile, SegmentValue } from "./profile/column-profiles";
export {
  profileSegments,
  type ProfileSegmentsOptions,
  type SegmentMark,
  type SegmentProfile,
  type SegmentProfiles,
} from "./profile/profile-segments";
