/**
 * What is known about kinds of devices, as data: how a device is recognised, and the settings that suit it.
 *
 * <p>Entry type: {@link dev.sirocco.config.ProfileCatalog}: load it, give it a device, get its {@link
 * dev.sirocco.config.DeviceProfile}. Profiles come with this module as YAML files; a user's own files lie over them key
 * by key, so that a device can be added or tuned without a build.
 *
 * <p>Invariants: a key that a profile may have is one that the program obeys; an unknown key is refused. YAML is read
 * as plain nodes: no file can name a class. An error names the file, the line and the key.
 *
 * <p>What stays out: looking for devices, and anything that computes. This package imports no other module.
 */
package dev.sirocco.config;
