package dev.sirocco.tasks.float16;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a method {@code float method(int bits)} that it returns the IEEE binary32 number of these bits. A compiler
 * may take the bits as they are in place of the method's code; the embedded runtime does, and knows the annotation by
 * its simple name.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
@interface FloatFromBits {}
