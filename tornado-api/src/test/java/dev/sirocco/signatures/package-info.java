/** Compares the class files of this module's TornadoVM twins with published ones, without loading either. */
package dev.sirocco.signatures;
