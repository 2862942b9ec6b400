package dev.sirocco.tasks.float16;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a method {@code int method(float low, float high)} that it returns the bits of the IEEE binary16 numbers that
 * are nearest to its arguments, ties to even, those of the second above those of the first. A zero may have either
 * sign, and what is too large or no number may become anything. A compiler may emit its device's conversion in place of
 * the method's code; the embedded runtime does, and knows the annotation by its simple name.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
@interface Float16Pair {}
