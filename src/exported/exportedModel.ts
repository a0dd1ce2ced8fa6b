import type { Layout } from '../core/data/layout';

/** What an exported network is and how its images are made: the content of `digits.json`, beside the hashes of the files. */
export interface ExportedInfo {
  readonly format: 'digits-export';
  readonly version: 1;
  readonly run: string;
  readonly preset: string;
  /** ISO 8601, UTC: when the run began. */
  readonly created: string;
  /** Share of the validation images that the network gets right. */
  readonly valAccuracy: number | undefined;
  /** The labels, in the order of the network's outputs. */
  readonly classes: readonly number[];
  /** Pixels along one side of an image. */
  readonly side: number;
  /** The pixel value that the network sees as 1. */
  readonly fullInk: number;
  /** What the training images were. */
  readonly trainedOn: Layout;
  /** The side of the square that ink fills in the training images, in pixels. */
  readonly inkBox: number;
}

/** An image to try the network on. */
export interface ExportedExample {
  readonly label: number;
  /** side*side bytes, as base64. */
  readonly pixels: string;
}

/** All of an exported network: what `model.js` gives to the page and the script, which can't read other files when opened from a disk. */
export interface ExportedModel {
  readonly info: ExportedInfo;
  readonly examples: readonly ExportedExample[];
  /** As in `model.json`. */
  readonly modelTopology: object;
  readonly weightSpecs: readonly object[];
  /** Base64. */
  readonly weights: string;
}
