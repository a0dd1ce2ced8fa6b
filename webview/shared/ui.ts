// The only file that imports the toolkit, which is archived: a replacement changes only this file.
import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import type { HTMLAttributes } from 'preact';

/** Defines the custom elements. Called once per view, before it renders. */
export function registerElements(): void {
  provideVSCodeDesignSystem().register(
    vsCodeBadge(),
    vsCodeButton(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}

/** The members of a text field in use. */
export interface TextFieldElement extends HTMLElement {
  value: string;
  /** Selects its text. */
  select(): void;
}

/** The members of a dropdown in use. */
export interface DropdownElement extends HTMLElement {
  value: string;
}

interface ButtonAttributes extends HTMLAttributes<HTMLElement> {
  readonly appearance?: 'primary' | 'secondary' | 'icon';
  readonly disabled?: boolean;
}

interface TextFieldAttributes extends HTMLAttributes<TextFieldElement> {
  readonly value?: string;
  readonly placeholder?: string;
  readonly size?: number;
  readonly disabled?: boolean;
}

interface OptionAttributes extends HTMLAttributes<HTMLElement> {
  readonly value: string;
}

declare module 'preact' {
  // TSX looks up the types of custom elements here.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'vscode-badge': HTMLAttributes<HTMLElement>;
      'vscode-button': ButtonAttributes;
      'vscode-dropdown': HTMLAttributes<DropdownElement>;
      'vscode-option': OptionAttributes;
      'vscode-progress-ring': HTMLAttributes<HTMLElement>;
      'vscode-text-field': TextFieldAttributes;
    }
  }
}
