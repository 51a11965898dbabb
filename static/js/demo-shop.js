// @ts-check
// A site tells the widget who is signed in. It expects, before the loader:
//   <script src="demo-shop.js" data-user-token="<JWT signed by the site, or empty>">

const token = document.currentScript?.dataset.userToken;
if (token) Object.assign(window, { deskSettings: { user: { jwt: token } } });
