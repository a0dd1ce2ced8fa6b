import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { DropdownElement } from './ui';

interface DropdownProps<Value extends string> {
  /** What is chosen, beside the dropdown; undefined where `labelledBy` names an element that says it. */
  readonly label?: string;
  readonly labelledBy?: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly name: string }[];
  readonly testId: string;
  readonly onPick: (value: Value) => void;
}

/** One of several, as a list that drops down. */
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
  // At once, or else keys that are pressed quickly would be answered with the value of the key before.
  useLayoutEffect(takeValue);
  // And again: the element takes a value only once its options are there.
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
