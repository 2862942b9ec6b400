package dev.sirocco.tasks.blocks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a method {@code int method(ByteArray bytes, int at)} that it reads the int whose four bytes begin at {@code
 * at}, little-endian. A compiler may emit one load in place of the method's code, and of neighbours as wide a load as
 * their alignment allows; the embedded runtime does, and knows the annotation by its simple name.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
@interface WordLoad {}
