// The figure in another page: the element of embed.js, and the messages of a plain frame.
// Version 1. What is published here is spoken for ever; later versions add.

/** Sent by the figure to the page around it, with `window.parent.postMessage`. */
export type FromNetsplit = { netsplit: 1 } & (
  /** A scenario stands there, paused, and can be played. `of`: how many steps its story has. */
  | { type: "ready"; scenario: string; title: string; of: number }
  /** The height in CSS pixels that shows everything at the present width. */
  | { type: "resize"; height: number }
  /** Another step of the story is told: which, from 1, and its virtual milliseconds. */
  | { type: "step"; step: number; of: number; title: string; at: number }
  /** The learner chose an answer, from 1; `right`: it is what comes true. */
  | { type: "prediction"; step: number; answer: number; right: boolean }
  /** A lamp shows something else where the learner looks. */
  | { type: "verdict"; consistency: Verdict; availability: Verdict }
  /** The goal of a step is reached, or no longer. */
  | { type: "goal"; step: number; reached: boolean }
  /** Something that was asked for cannot be done; a sentence in the figure's language. */
  | { type: "error"; message: string }
  /** The answer to `get-link`; `id` is that of the question. */
  | { type: "link"; id?: number; href?: string }
);

export type Verdict = "holds" | "broken" | "unanswered" | "not-decided" | "nothing-asked";

/** Sent to the figure, with `frame.contentWindow.postMessage`. It listens to its parent only. */
export type ToNetsplit = { netsplit: 1 } & (
  /** An address (`/raft/caiyang`, `s=1....`) or the text of a scenario. */
  | { type: "load"; scenario: string }
  | { type: "play" }
  | { type: "pause" }
  /** Looks at this instant, in virtual milliseconds. */
  | { type: "seek"; at: number }
  /** Does something at the instant that is looked at: `crash leader`, `partition {n1} | {rest}`. */
  | { type: "act"; line: string }
  | { type: "set-theme"; theme: "light" | "dark" | "auto" }
  | { type: "set-lang"; lang: "en" | "zh-CN" }
  /** Asks for the link to what runs, at this instant. */
  | { type: "get-link"; id?: number }
);

/** What the event of this name carries as its `detail`. */
export type Told<Type extends FromNetsplit["type"]> = Extract<FromNetsplit, { type: Type }>;

export interface NetsplitLabEvents {
  ready: CustomEvent<Told<"ready">>;
  step: CustomEvent<Told<"step">>;
  prediction: CustomEvent<Told<"prediction">>;
  verdict: CustomEvent<Told<"verdict">>;
  goal: CustomEvent<Told<"goal">>;
  error: CustomEvent<Told<"error">>;
}

/**
 * `<netsplit-lab scenario="/raft/caiyang" lang="en" theme="auto" hide="lesson,link" speed="1/20">`.
 * Further attributes: `src` (another place where Netsplit is served), `height` (fixed, in pixels).
 */
export interface NetsplitLab extends HTMLElement {
  load(scenario: string): void;
  play(): void;
  pause(): void;
  seek(milliseconds: number): void;
  act(line: string): void;
  getLink(): Promise<string | null>;
  addEventListener<Name extends keyof NetsplitLabEvents>(
    name: Name,
    listener: (event: NetsplitLabEvents[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "netsplit-lab": NetsplitLab;
  }
}
