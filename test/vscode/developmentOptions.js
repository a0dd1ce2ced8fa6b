// Runs in VS Code's page before its own scripts. The workbench reads its configuration from an attribute of the page:
// this adds `added`, which the driver defines, to what it reads. (The address's `payload` would do the same, but only
// in a test mode of VS Code that shows no notifications.)
if (window === window.top) {
  const { getAttribute } = Element.prototype;
  Element.prototype.getAttribute = function (name) {
    const value = getAttribute.call(this, name);
    if (value === null || name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration') return value;
    const configuration = JSON.parse(value);
    return JSON.stringify({ ...configuration, developmentOptions: { ...configuration.developmentOptions, ...added } });
  };
}
