// The console's behaviors, each in its module. Pages work without any of them.
//   <script src="js/console.js" type="module"></script>
// @ts-check
import "./desk-composer.js";
import "./desk-live.js";
import "./desk-menu.js";
import "./desk-queue.js";
import "./desk-thread.js";
import "./desk-time.js";
import "./requests.js";
import "./shortcuts.js";
import "./toast.js";
