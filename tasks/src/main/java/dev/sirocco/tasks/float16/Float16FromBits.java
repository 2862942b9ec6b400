package dev.sirocco.tasks.float16;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a method {@code float method(int bits)} that it returns the IEEE binary16 number of the lower sixteen bits.
 * A compiler may emit its device's conversion in place of the method's code; the embedded runtime does, and knows the
 * annotation by its simple name.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
@interface Float16FromBits {}
