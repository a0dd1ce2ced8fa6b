import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { DropdownElement } from './ui';

interface DropdownProps<Value extends string> {
  /** The label beside the dropdown; undefined if `labelledBy` names an element that is the label. */
  readonly label?: string;
  readonly labelledBy?: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly name: string }[];
  readonly testId: string;
  readonly onPick: (value: Value) => void;
}

/** A dropdown with its label. */
export function Dropdown<Value extends string>({
  label,
  labelledBy,
  value,
  options,
  testId,
  onPick,
}: DropdownProps<Value>): JSX.Element {
  const id = useId();
  const element = useRef<DropdownElement>(null);
  const takeValue = (): void => {
    if (element.current && element.current.value !== value) element.current.value = value;
  };
  // At once: otherwise quick key presses would act on the previous value.
  useLayoutEffect(takeValue);
  // Again: the element accepts a value only once its options exist.
  useEffect(takeValue, []);
  return (
    <span class="dropdown">
      {label !== undefined && <span id={id}>{label}</span>}
      <vscode-dropdown
        ref={element}
        aria-labelledby={labelledBy ?? id}
        data-testid={testId}
        onChange={event => {
          const picked = options.find(option => option.value === event.currentTarget.value);
          if (picked && picked.value !== value) onPick(picked.value);
        }}
      >
        {options.map(option => (
          <vscode-option key={option.value} value={option.value}>
            {option.name}
          </vscode-option>
        ))}
      </vscode-dropdown>
    </span>
  );
}
