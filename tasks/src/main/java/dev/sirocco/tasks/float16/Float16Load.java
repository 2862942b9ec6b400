package dev.sirocco.tasks.float16;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a method {@code float method(ByteArray bytes, int at)} that it reads the IEEE binary16 number whose two bytes
 * begin at {@code at}, little-endian. A compiler may emit its device's load and conversion in place of the method's
 * code; the embedded runtime does, and knows the annotation by its simple name.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
@interface Float16Load {}
