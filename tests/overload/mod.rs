//! More than one shop can do, on real processes: what is refused is refused at once and says when to come
//! back, the rest goes on, and when the rush ends so does the refusing (docs/decisions/0041).

mod capacity;
mod connections;
mod farewell;
mod scene;
