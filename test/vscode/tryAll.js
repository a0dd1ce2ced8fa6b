// In a page: tries all ways to run what is not the page's own and to reach the server at an address; tells what ran.
globalThis.tryAll = async address => {
  const ran = [];
  window.ran = ran;
  const add = (tag, attributes, text = '') => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    document.body.append(element);
    return element;
  };
  const attempt = work => {
    try {
      work();
    } catch {
      // As it should be.
    }
  };
  const linked = href =>
    new Promise(resolve => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.onload = () => resolve('loaded');
      link.onerror = () => resolve('refused');
      link.href = href;
      document.head.append(link);
    });
  const added = [
    add('button', { onclick: 'window.ran.push("handler")' }),
    add('script', {}, 'window.ran.push("inline")'),
    add('script', { src: `${address}-remote` }),
    add('img', { src: `${address}-image` }),
    add('iframe', { src: `${address}-frame` }),
  ];
  added[0].click();
  // By a timer: what a debugger evaluates is let be, and what comes later is the page's own.
  await new Promise(resolve => {
    setTimeout(() => {
      attempt(() => (0, eval)('window.ran.push("eval")'));
      attempt(() => setTimeout('window.ran.push("timer")', 0));
      fetch(`${address}-fetch`, { mode: 'no-cors' }).catch(() => undefined);
      attempt(() => navigator.sendBeacon(`${address}-beacon`, 'x'));
      setTimeout(resolve, 500);
    }, 0);
  });
  for (const element of added) element.remove();
  const own = document.querySelector('link[rel=stylesheet]')?.href;
  // A style sheet of the package, which is not one of the views'.
  const sheet = own === undefined ? '' : await linked(own.replace(/\/webview\/\w+\.css$/, '/export/page.css'));
  return { ran: [...ran], sheet, own: own === undefined ? '' : await linked(own) };
};
