// Makes the replica set, an administrator, and the user of the shop, who may use its database and nothing
// else. Run again it finds them, and gives the shop's user the password that is set now.
const admin = { user: "admin", pwd: process.env.MONGO_ADMIN_PASSWORD };
const shop = { user: "vatra", pwd: process.env.MONGO_PASSWORD, roles: [{ role: "dbOwner", db: "vatra" }] };
const members = ["mongo1", "mongo2", "mongo3"].map((name, _id) => ({ _id, host: `${name}:27017` }));

const here = connect("mongodb://127.0.0.1:27017/admin?directConnection=true");
// Name and password one by one: `auth` writes into an object, which `createUser` then refuses.
const known = () => {
  try {
    return here.auth(admin.user, admin.pwd).ok === 1;
  } catch {
    return false;
  }
};
if (!known()) {
  // mongo1 first: users are made by the primary, and locally only while there are none.
  const preferred = members.map((member) => ({ ...member, priority: member._id === 0 ? 2 : 1 }));
  try {
    here.adminCommand({ replSetInitiate: { _id: "vatra", members: preferred } });
  } catch (error) {
    // A first run that was broken off has made the set already.
    if (error.codeName !== "AlreadyInitialized") throw error;
  }
  while (!here.hello().isWritablePrimary) sleep(500);
  here.createUser({ ...admin, roles: ["root"] });
  here.auth(admin.user, admin.pwd);
}

// By the whole set: mongo1 need not be its primary today.
const hosts = members.map((member) => member.host).join(",");
const login = `${admin.user}:${encodeURIComponent(admin.pwd)}`;
const shops = connect(`mongodb://${login}@${hosts}/vatra?replicaSet=vatra&authSource=admin`);
if (shops.getUser(shop.user)) shops.updateUser(shop.user, { pwd: shop.pwd, roles: shop.roles });
else shops.createUser(shop);
