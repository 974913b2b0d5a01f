// A page that may not ask for Web Locks.
navigator.locks.request = () => Promise.reject(new DOMException("The request was denied.", "SecurityError"));
