/** AssemblyScript's 32-bit integer, for the files that both compilers read. */
declare type i32 = number;
