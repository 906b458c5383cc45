//! How a port of questions is written.

/// A port of questions, and a macro of the given name that answers them for a type by handing each on.
/// `$` is passed in.
macro_rules! reads {
    ($d:tt $hand:ident $(#[$meta:meta])* $port:ident {
        $($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),*) -> $res:ty;)+
    }) => {
        $(#[$meta])* pub trait $port {
            $($(#[$doc])* fn $name(&self, $($arg: $ty),*) -> AppResult<$res>;)+
        }

        #[doc(hidden)]
        #[macro_export]
        macro_rules! $hand {
            ($d who:ty, $d how:ident) => {
                impl $port for $d who {
                    $(fn $name(&self, $($arg: $ty),*) -> AppResult<$res> {
                        $d how!(self, $name($($arg),*))
                    })+
                }
            };
        }
    };
}
pub(crate) use reads;
