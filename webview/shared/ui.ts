// The one place that knows the toolkit: it is archived, so that what replaces it replaces this file.
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

/** Defines the elements that the views use. Called once a view, before it draws. */
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

/** A text field's element, as far as the views use it. */
export interface TextFieldElement extends HTMLElement {
  value: string;
  /** Selects its text. */
  select(): void;
}

/** A dropdown's element, as far as the views use it. */
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
  // TSX looks the types of custom elements up here.
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
