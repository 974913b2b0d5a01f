/** AssemblyScript's 32-bit integer and 64-bit float, for the files that both compilers read. */
declare type i32 = number;
declare type f64 = number;
